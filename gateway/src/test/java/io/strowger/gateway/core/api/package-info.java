/// Tests.
@NullMarked
package io.strowger.gateway.core.api;

import org.jspecify.annotations.NullMarked;
