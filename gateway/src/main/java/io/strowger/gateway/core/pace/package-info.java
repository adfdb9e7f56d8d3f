/// How fast applications may ring people.
@NullMarked
package io.strowger.gateway.core.pace;

import org.jspecify.annotations.NullMarked;
