/// Tests.
@NullMarked
package io.strowger.runtime.auth;

import org.jspecify.annotations.NullMarked;
