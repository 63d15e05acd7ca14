// Sums over the pairs of a group of inputs of the products of their gradients, with the signs of chi_I.
//
// A thread takes a group. It finds the units that are on at each of its inputs, 32 at a time as the bits of a word; the
// product at a pair is then a count of bits times another. Everything is a whole number.

// What lemmata.sampling.gates says of the tables: short (tiles, PARTS, ROWS, UNITS).
#define BITS 6
#define ROWS 64
#define PARTS 6
#define UNITS 32
#define MOST 32

// Which of 32 units have a positive sum of their numbers in the rows of a word.
__device__ unsigned gates_at(const short *tables, unsigned word)
{
    unsigned on = 0;
    for (int unit = 0; unit < UNITS; unit++) {
        int z = 0;
        for (int k = 0; k < PARTS; k++)
            z += tables[(ROWS * k + (word >> BITS * k & (ROWS - 1))) * UNITS + unit];
        on |= (unsigned)(z > 0) << unit;
    }
    return on;
}

// out[j] = the sum over the pairs of column j of words, unsigned (count, size); count is at most MOST.
extern "C" __global__ void pairs(const short *tables, const unsigned *words, const unsigned *subsets, long long *out,
                                 long long size, int count, int tiles, int n, unsigned mask)
{
    for (long long j = blockIdx.x * (long long)blockDim.x + threadIdx.x; j < size; j += gridDim.x * (long long)blockDim.x) {
        unsigned x[MOST], on[MOST];
        long long total = 0;
        for (int a = 0; a < count; a++)
            x[a] = words[a * size + j] & mask;
        for (int tile = 0; tile < tiles; tile++) {
            for (int a = 0; a < count; a++) {
                on[a] = gates_at(tables + tile * (PARTS * ROWS * UNITS), x[a]);
                for (int b = 0; b < a; b++) {
                    unsigned apart = x[a] ^ x[b];
                    int product = __popc(on[a] & on[b]) * (1 + n - 2 * __popc(apart));
                    total += __popc(apart & subsets[j]) & 1 ? -product : product;
                }
            }
        }
        out[j] = total;
    }
}
