#pragma once

#include <stdint.h>

// Hot loops of the training engine, in C so that each can be compiled for several CPUs.
//
// Feature maps lie "blocked": [depth][channels / B][height * width][B] with B = 8 or 16, the
// layout oneDNN's kernels are fastest in (nChw8c, nChw16c; here with depth outermost, so that a
// depth-collapsing convolution is a 2D one over folded channels). Elements are float or bfloat16
// (upper 16 bits of a float, rounded to nearest even); sums are always in float or double.
//
// Nothing here allocates, keeps state or fails. Sums run in a fixed order, so a given table gives
// the same bits every time.

#pragma clang assume_nonnull begin

typedef enum {
    ck_baseline = 0,
    ck_avx2 = 1,
    ck_avx512 = 2,
} ck_level;

/// The best instruction set of this CPU that the tables are compiled for.
ck_level ck_best_level(void);

/// Makes denormal numbers zero on the calling thread: they cost a hundred times an ordinary one.
void ck_flush_denormals(void);

typedef struct {
    int64_t channels;
    int64_t groups;
    int64_t depth;
    int64_t pixels;    // height * width
    int64_t relu;      // 0 or 1
    float epsilon;
} ck_group_norm_shape;

typedef struct {
    int64_t channels;
    int64_t height;    // of the smaller map
    int64_t width;
} ck_resize_shape;

/// Loops over blocked maps of one block size and one element type.
typedef struct {
    /// y = relu?(gamma * (x - mean) / sqrt(var + epsilon) + beta + residual?).
    /// statistics receives mean[groups] then 1/sqrt(var + epsilon)[groups].
    /// scratch holds 4 * channels floats, 8-byte aligned.
    void (*group_norm_forward)(
        const ck_group_norm_shape *shape, const void *x, const void *_Nullable residual,
        const float *gamma, const float *beta, void *y, float *statistics, float *scratch);

    /// Gradients of the above; dgamma and dbeta are added to, dx is written, the residual's
    /// gradient is written or (accumulate) added to.
    void (*group_norm_backward)(
        const ck_group_norm_shape *shape, const void *x, const void *y, const void *dy,
        const float *gamma, const float *statistics, void *dx, void *_Nullable dresidual,
        int64_t accumulate, float *dgamma, float *dbeta, float *scratch);

    /// y = max(x, 0) over `count` elements, and dx (+)= dy where y > 0.
    void (*relu_forward)(int64_t count, const void *x, void *y);
    void (*relu_backward)(
        int64_t count, const void *y, const void *dy, void *dx, int64_t accumulate);

    /// 2x2 maximum, stride 2: x is [2h][2w], y is [h][w]. The first maximum in row order gets dy.
    void (*max_pool_forward)(const ck_resize_shape *shape, const void *x, void *y);
    void (*max_pool_backward)(
        const ck_resize_shape *shape, const void *x, const void *y, const void *dy, void *dx,
        int64_t accumulate);

    /// Each pixel of x [h][w] four times in y [2h][2w].
    void (*upsample_forward)(const ck_resize_shape *shape, const void *x, void *y);
    void (*upsample_backward)(
        const ck_resize_shape *shape, const void *dy, void *dx, int64_t accumulate);

    /// Mean and maximum over the pixels of each channel; positions receives where each maximum is.
    void (*average_pool_forward)(int64_t channels, int64_t pixels, const void *x, float *y);
    void (*average_pool_backward)(
        int64_t channels, int64_t pixels, const float *dy, void *dx, int64_t accumulate);
    void (*peak_pool_forward)(
        int64_t channels, int64_t pixels, const void *x, float *y, int32_t *positions);
    void (*peak_pool_backward)(
        int64_t channels, int64_t pixels, const float *dy, const int32_t *positions, void *dx,
        int64_t accumulate);

    /// y[pixel] = bias + sum over channels of weight * x: a 1x1 convolution to one plain channel.
    void (*pixel_dot_forward)(
        int64_t channels, int64_t pixels, const void *x, const float *weight, float bias,
        float *y);
    /// dx is written or added to; dweight[channels] and dbias[1] are added to.
    void (*pixel_dot_backward)(
        int64_t channels, int64_t pixels, const void *x, const float *weight, const float *dy,
        void *dx, int64_t accumulate, float *dweight, float *dbias);

    /// x += bias of the channel, and dbias += sum of dy over the pixels.
    void (*bias_forward)(int64_t channels, int64_t pixels, const float *bias, void *x);
    void (*bias_backward)(int64_t channels, int64_t pixels, const void *dy, float *dbias);

    /// y += x over `count` elements.
    void (*add)(int64_t count, const void *x, void *y);

    /// Plain float planes to one blocked map; channels above `channels` become zero. And back.
    void (*pack)(
        int64_t channels, int64_t pixels, const float *const _Nonnull *_Nonnull planes, void *y);
    void (*unpack)(int64_t channels, int64_t pixels, const void *x, float *planes);

    /// Floats to elements, unchanged in order.
    void (*convert)(int64_t count, const float *x, void *y);
} ck_map_kernels;

/// Loops over plain float arrays.
typedef struct {
    /// y += a * x.
    void (*axpy)(int64_t count, float a, const float *x, float *y);

    /// x *= a.
    void (*scale)(int64_t count, float a, float *x);

    /// PyTorch's SGD: g += decay * p; v = momentum * v + g (first: v = g); p -= rate * v.
    void (*sgd)(
        int64_t count, float rate, float momentum, float decay, int64_t first, const float *g,
        float *v, float *p);

    /// PyTorch's Adam with decay added to the gradient; step_size = rate / (1 - beta1^t) and
    /// root_correction = sqrt(1 - beta2^t).
    void (*adam)(
        int64_t count, float step_size, float root_correction, float beta1, float beta2,
        float epsilon, float decay, const float *g, float *m, float *v, float *p);

    /// probability = 1 / (1 + exp(-x)).
    void (*sigmoid)(int64_t count, const float *x, float *probability);

    /// Sigmoid and the sums of the mask losses over one plane: sums[0] cross-entropy with
    /// `positive_weight`, sums[1] of p * t, sums[2] of p, sums[3] of t.
    void (*mask_loss)(
        int64_t count, float positive_weight, const float *logits, const float *target,
        float *probability, double *sums);

    /// gradient = cross_weight * d(cross-entropy)/dx
    ///          + (dice_target * t + dice_constant) * p * (1 - p).
    void (*mask_loss_gradient)(
        int64_t count, float positive_weight, float cross_weight, float dice_target,
        float dice_constant, const float *probability, const float *target, float *gradient);
} ck_array_kernels;

/// The loops for a level (not above the best), a block of 8 or 16, and float (0) or bfloat16 (1).
const ck_map_kernels *ck_map_kernels_for(ck_level level, int block, int bfloat16);

/// The plain loops for a level (not above the best).
const ck_array_kernels *ck_array_kernels_for(ck_level level);

/// Bilinear upsampling of one plain plane by an integer factor, pixel centres at (i + 1/2) /
/// factor - 1/2, clamped at the border (PyTorch's align_corners=False); and its transpose.
void ck_bilinear_forward(
    int64_t height, int64_t width, int64_t factor, const float *x, float *y);
void ck_bilinear_backward(
    int64_t height, int64_t width, int64_t factor, const float *dy, float *dx);

#pragma clang assume_nonnull end
