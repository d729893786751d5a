// Whether this build runs under AddressSanitizer, which needs terabytes of address space and has to be the
// first library a program loads. Known when compiling; for the few limits and tests that cannot go with it.
#pragma once

#if defined(__has_feature) // as clang says it; gcc defines the other name
#if __has_feature(address_sanitizer)
#define GATEHOUSE_ADDRESS_SANITIZED
#endif
#endif

namespace gatehouse
{

#if defined(__SANITIZE_ADDRESS__) || defined(GATEHOUSE_ADDRESS_SANITIZED)
inline constexpr bool kIsAddressSanitized = true;
#else
inline constexpr bool kIsAddressSanitized = false;
#endif

} // namespace gatehouse
