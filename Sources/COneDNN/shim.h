#pragma once
#include <oneapi/dnnl/dnnl.h>

// Debian's oneDNN runs its loops on GNU OpenMP, whose header clang does not have.
void omp_set_num_threads(int threads);
