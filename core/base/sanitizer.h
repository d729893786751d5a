// Whether this build runs under AddressSanitizer, which needs terabytes of address space and must be the
// first library a program loads. A compile-time constant, for the few limits and tests that are incompatible
// with it.
#pragma once

#if defined(__has_feature) // clang's spelling; gcc defines the other name
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
