/// Where users can be reached: judges REGISTER (RFC 3261 10.3), keeps the present contacts, and
/// makes them ways that a call can go. Pure.
@NullMarked
package io.strowger.worker.core.registration;

import org.jspecify.annotations.NullMarked;
