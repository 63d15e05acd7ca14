// Signed counts of the inputs at which each unit of a layer is on: REAL is float or double, set when this is compiled.
//
// A warp takes 32 inputs. Of each input bit it keeps the 32 values as one word, of each unit the inputs at which it is
// on, split by chi_I: a signed count is then a difference of two population counts, and no two threads add to one number.

#ifndef REAL
#define REAL float
#endif

#define WARP 32
#define ALL 0xffffffffu
// Units whose counts are held at once.
#define UNITS 8

typedef unsigned long long Word;

// w.x + b of a unit, in the order of the bytes of x as on the host.
__device__ REAL z(const REAL *tables, Word word, int octets, int width, int unit)
{
    REAL sum = tables[(word & 255) * width + unit];
    for (int k = 1; k < octets; k++)
        sum += tables[(256 * k + ((word >> 8 * k) & 255)) * width + unit];
    return sum;
}

// out[u][0] += sum of chi_I [z_u > 0], out[u][1 + i] += sum of chi_I [z_u > 0] x_i; out is (width, 1 + n), zeroed before.
extern "C" __global__ void gates(const REAL *tables, const Word *words, long long *out, long long size, int octets,
                                 int width, int n, Word subset)
{
    int lane = threadIdx.x % WARP;
    long long warp = (blockIdx.x * (long long)blockDim.x + threadIdx.x) / WARP;
    long long warps = gridDim.x * (long long)blockDim.x / WARP;
    for (int from = 0; from < width; from += UNITS) {
        // What this lane counts: bits lane and lane + 32 of the inputs, and, all lanes alike, the inputs themselves.
        long long low[UNITS] = {}, high[UNITS] = {}, none[UNITS] = {};
        for (long long first = warp * WARP; first < size; first += warps * WARP) {
            bool there = first + lane < size;
            Word word = there ? words[first + lane] : 0;
            bool odd = __popcll(word & subset) & 1;
            unsigned own_low = 0, own_high = 0;
            for (int i = 0; i < n; i++) {
                unsigned bits = __ballot_sync(ALL, word >> i & 1);
                if (i % WARP == lane)
                    (i < WARP ? own_low : own_high) = bits;
            }
            for (int k = 0; k < UNITS; k++) {
                bool on = there && from + k < width && z(tables, word, octets, width, from + k) > 0;
                unsigned plus = __ballot_sync(ALL, on && !odd), minus = __ballot_sync(ALL, on && odd);
                int count = __popc(plus) - __popc(minus);
                none[k] += count;
                // A bit that is set is the sign -1.
                low[k] += count - 2 * (__popc(plus & own_low) - __popc(minus & own_low));
                high[k] += count - 2 * (__popc(plus & own_high) - __popc(minus & own_high));
            }
        }
        for (int k = 0; k < UNITS && from + k < width; k++) {
            Word *row = (Word *)out + (from + k) * (1 + n);
            if (lane == 0)
                atomicAdd(row, (Word)none[k]);
            if (lane < n)
                atomicAdd(row + 1 + lane, (Word)low[k]);
            if (lane + WARP < n)
                atomicAdd(row + 1 + WARP + lane, (Word)high[k]);
        }
    }
}
