#include "tables.h"

#define LEVEL baseline
#include "instances.inc"
