#include "tables.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

ck_level ck_best_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"))
        return ck_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
        && __builtin_cpu_supports("bmi2"))
        return ck_avx2;
#endif
    return ck_baseline;
}

void ck_flush_denormals(void) {
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

static const ck_tables *tables(ck_level level) {
    switch (level) {
    case ck_avx512: return &ck_tables_avx512;
    case ck_avx2: return &ck_tables_avx2;
    default: return &ck_tables_baseline;
    }
}

const ck_map_kernels *ck_map_kernels_for(ck_level level, int block, int bfloat16) {
    return tables(level)->maps[(bfloat16 ? 2 : 0) + (block == 16 ? 1 : 0)];
}

const ck_array_kernels *ck_array_kernels_for(ck_level level) { return tables(level)->arrays; }
