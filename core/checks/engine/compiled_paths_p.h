#pragma once

#include "core/checks/engine/plane_ops_p.h"

// Taken into each function that is compiled for a processor, so that its vector code is that processor's.
#define VIDIMUS_BODY [[gnu::always_inline]] inline

namespace vidimus::checks::engine {

/// One body of plain C++, compiled for every x86-64 processor and for AVX2. AVX2 has no fused multiply-add, so single
/// precision rounds the same on both.
template<auto Body>
struct Compiled;

template<class Result, class... Values, Result (*Body)(Values...)>
struct Compiled<Body> {
    static Result plain(Values... values) { return Body(values...); }
#if defined(__x86_64__)
    __attribute__((target("avx2"))) static Result avx2(Values... values) { return Body(values...); }
#endif

    /// The fastest one for this machine.
    static Result best(Values... values)
    {
#if defined(__x86_64__)
        static const bool hasAvx2 = vectorPaths().back() == VectorPath::Avx2;
        if (hasAvx2)
            return avx2(values...);
#endif
        return plain(values...);
    }
};

} // namespace vidimus::checks::engine
