#include "tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,bmi2"))), apply_to = function)
#endif
#define LEVEL avx2
#include "instances.inc"
#if defined(__x86_64__)
#pragma clang attribute pop
#endif
