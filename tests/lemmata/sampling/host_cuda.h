// CUDA's words on a host: a block is as many threads, and blocks come one after the other. For tests alone.
#include <atomic>
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
static std::atomic<unsigned> votes[64];
static std::vector<std::barrier<> *> warps;

static void __syncthreads() { meeting->arrive_and_wait(); }
static int __popc(unsigned x) { return __builtin_popcount(x); }
static int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
static void atomicAdd(unsigned long long *at, unsigned long long x) { __atomic_fetch_add(at, x, __ATOMIC_RELAXED); }

static unsigned __ballot_sync(unsigned, int vote)
{
    unsigned warp = threadIdx.x / 32;
    if (vote)
        votes[warp] |= 1u << threadIdx.x % 32;
    warps[warp]->arrive_and_wait();
    unsigned found = votes[warp];
    warps[warp]->arrive_and_wait();
    if (threadIdx.x % 32 == 0)
        votes[warp] = 0;
    warps[warp]->arrive_and_wait();
    return found;
}

template <typename Kernel> static void launch(unsigned blocks, unsigned threads, Kernel kernel)
{
    std::barrier<> all(threads);
    meeting = &all;
    gridDim.x = blocks;
    blockDim.x = threads;
    for (unsigned first = 0; first < threads; first += 32)
        warps.push_back(new std::barrier<>(threads - first < 32 ? threads - first : 32));
    for (unsigned block = 0; block < blocks; block++) {
        blockIdx.x = block;
        std::vector<std::thread> running;
        for (unsigned thread = 0; thread < threads; thread++)
            running.emplace_back([=] { threadIdx.x = thread; kernel(); });
        for (auto &one : running)
            one.join();
    }
    for (auto *barrier : warps)
        delete barrier;
    warps.clear();
}
