#pragma once

#include <stddef.h>

#include "CKernels.h"

// Per level: float blocks of 8 and 16, then bfloat16 blocks of 8 and 16; and the plain loops.
typedef struct {
    const ck_map_kernels *maps[4];
    const ck_array_kernels *arrays;
} ck_tables;

extern const ck_tables ck_tables_baseline;
extern const ck_tables ck_tables_avx2;
extern const ck_tables ck_tables_avx512;
