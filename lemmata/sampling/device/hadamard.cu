// The Walsh-Hadamard transform on a GPU: REAL is float, double or Whole, set when this is compiled.
//
// One launch of `rows` transforms the low index bits, each launch of `columns` up to seven more: the memory of the
// device is gone through once a launch, and everything else happens in shared memory.

#ifndef REAL
#define REAL float
#endif

#ifndef ROW_BITS
#define ROW_BITS 11
#define COLUMN_BITS 7
// So many neighbouring columns go together, or the memory would be read in pieces.
#define WIDTH 16
#endif

typedef unsigned long long Index;
typedef long long Whole;

// Sums and differences of the numbers `step` apart in `tile`, shared by the threads of a block.
__device__ void level(REAL *tile, int pairs, int step)
{
    for (int k = threadIdx.x; k < pairs; k += blockDim.x) {
        int at = 2 * (k - k % step) + k % step;
        REAL a = tile[at], b = tile[at + step];
        tile[at] = a + b;
        tile[at + step] = a - b;
    }
    __syncthreads();
}

// Each block transforms 2^bits neighbours of `given`, bits <= ROW_BITS.
extern "C" __global__ void rows(const REAL *given, REAL *out, int bits)
{
    __shared__ REAL tile[1 << ROW_BITS];
    int size = 1 << bits;
    Index first = (Index)blockIdx.x * size;
    for (int k = threadIdx.x; k < size; k += blockDim.x)
        tile[k] = given[first + k];
    __syncthreads();
    for (int step = 1; step < size; step *= 2)
        level(tile, size / 2, step);
    for (int k = threadIdx.x; k < size; k += blockDim.x)
        out[first + k] = tile[k];
}

// Each block transforms the index bits done .. done + bits of WIDTH neighbouring columns, in place; done >= 4.
extern "C" __global__ void columns(REAL *out, int done, int bits)
{
    __shared__ REAL tile[WIDTH << COLUMN_BITS];
    int size = WIDTH << bits;
    Index stride = (Index)1 << done, group = (Index)blockIdx.x * WIDTH;
    Index first = (group >> done << (done + bits)) + (group & (stride - 1));
    for (int k = threadIdx.x; k < size; k += blockDim.x)
        tile[k] = out[first + k / WIDTH * stride + k % WIDTH];
    __syncthreads();
    for (int step = WIDTH; step < size; step *= 2)
        level(tile, size / 2, step);
    for (int k = threadIdx.x; k < size; k += blockDim.x)
        out[first + k / WIDTH * stride + k % WIDTH] = tile[k];
}
