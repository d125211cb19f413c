#include "tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c,bmi2"))), apply_to = function)
#endif
#define LEVEL avx512
#include "instances.inc"
#if defined(__x86_64__)
#pragma clang attribute pop
#endif
