#include "CKernels.h"

// Where output position i of a row of `extent * factor` looks: two neighbours and the weight of the
// second.
static void source(
    int64_t i, int64_t extent, int64_t factor, int64_t *low, int64_t *high, float *weight)
{
    float at = ((float)i + 0.5f) / (float)factor - 0.5f;
    if (at < 0) at = 0;
    *low = (int64_t)at;
    *high = *low + 1 < extent ? *low + 1 : *low;
    *weight = at - (float)*low;
}

void ck_bilinear_forward(
    int64_t height, int64_t width, int64_t factor, const float *x, float *y)
{
    for (int64_t r = 0; r < height * factor; r++) {
        int64_t r0, r1;
        float v;
        source(r, height, factor, &r0, &r1, &v);
        for (int64_t c = 0; c < width * factor; c++) {
            int64_t c0, c1;
            float u;
            source(c, width, factor, &c0, &c1, &u);
            y[r * width * factor + c]
                = (1 - v) * ((1 - u) * x[r0 * width + c0] + u * x[r0 * width + c1])
                + v * ((1 - u) * x[r1 * width + c0] + u * x[r1 * width + c1]);
        }
    }
}

void ck_bilinear_backward(
    int64_t height, int64_t width, int64_t factor, const float *dy, float *dx)
{
    for (int64_t i = 0; i < height * width; i++) dx[i] = 0;
    for (int64_t r = 0; r < height * factor; r++) {
        int64_t r0, r1;
        float v;
        source(r, height, factor, &r0, &r1, &v);
        for (int64_t c = 0; c < width * factor; c++) {
            int64_t c0, c1;
            float u;
            source(c, width, factor, &c0, &c1, &u);
            const float g = dy[r * width * factor + c];
            dx[r0 * width + c0] += (1 - v) * (1 - u) * g;
            dx[r0 * width + c1] += (1 - v) * u * g;
            dx[r1 * width + c0] += v * (1 - u) * g;
            dx[r1 * width + c1] += v * u * g;
        }
    }
}
