/// Tests.
@NullMarked
package io.strowger.gateway.core.repeat;

import org.jspecify.annotations.NullMarked;
