/// Tests.
@NullMarked
package io.strowger.runtime.jwt;

import org.jspecify.annotations.NullMarked;
