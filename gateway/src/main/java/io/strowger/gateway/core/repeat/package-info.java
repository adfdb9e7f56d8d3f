/// Requests that may arrive twice: the Repeatability headers.
@NullMarked
package io.strowger.gateway.core.repeat;

import org.jspecify.annotations.NullMarked;
