/// The parts of the gateway that touch the world, and the one seam between them.
@NullMarked
package io.strowger.gateway.shell;

import org.jspecify.annotations.NullMarked;
