/// Tests.
@NullMarked
package io.strowger.runtime.tls;

import org.jspecify.annotations.NullMarked;
