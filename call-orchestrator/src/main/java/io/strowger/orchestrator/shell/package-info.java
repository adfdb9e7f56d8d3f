/// Adapters around the core.
@NullMarked
package io.strowger.orchestrator.shell;

import org.jspecify.annotations.NullMarked;
