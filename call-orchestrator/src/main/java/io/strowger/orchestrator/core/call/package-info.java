/// The state machine of one call: decide, evolve, react.
@NullMarked
package io.strowger.orchestrator.core.call;

import org.jspecify.annotations.NullMarked;
