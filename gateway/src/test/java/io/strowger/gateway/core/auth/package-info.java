/// Tests.
@NullMarked
package io.strowger.gateway.core.auth;

import org.jspecify.annotations.NullMarked;
