/// Who a request is from: digest authentication of the people who register and call here (RFC 3261
/// 22, RFC 7616, RFC 8760). Pure: time, chance and the key come from the caller.
@NullMarked
package io.strowger.worker.core.auth;

import org.jspecify.annotations.NullMarked;
