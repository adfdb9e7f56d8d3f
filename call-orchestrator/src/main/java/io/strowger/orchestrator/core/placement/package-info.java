/// Which media worker carries a call, and which is lost.
@NullMarked
package io.strowger.orchestrator.core.placement;

import org.jspecify.annotations.NullMarked;
