/// Who may ask: access keys (HMAC-SHA256), without HTTP or clocks.
@NullMarked
package io.strowger.gateway.core.auth;

import org.jspecify.annotations.NullMarked;
