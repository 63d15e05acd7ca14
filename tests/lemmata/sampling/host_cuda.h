// CUDA's words on a host: a block is as many threads, and blocks come one after the other. For tests alone.
#include <barrier>
#include <thread>
#include <vector>

#define __global__
#define __device__ static
#define __shared__ static

struct Index3 { unsigned x; };
static thread_local Index3 threadIdx;
static Index3 blockIdx, blockDim, gridDim;
static std::barrier<> *meeting;

static void __syncthreads() { meeting->arrive_and_wait(); }
static int __popc(unsigned x) { return __builtin_popcount(x); }

template <typename Kernel> static void launch(unsigned blocks, unsigned threads, Kernel kernel)
{
    std::barrier<> all(threads);
    meeting = &all;
    gridDim.x = blocks;
    blockDim.x = threads;
    for (unsigned block = 0; block < blocks; block++) {
        blockIdx.x = block;
        std::vector<std::thread> running;
        for (unsigned thread = 0; thread < threads; thread++)
            running.emplace_back([=] { threadIdx.x = thread; kernel(); });
        for (auto &one : running)
            one.join();
    }
}
