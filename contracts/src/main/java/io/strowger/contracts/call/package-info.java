/// What the gateway asks of the orchestrator about a call, and what the orchestrator answers.
@NullMarked
package io.strowger.contracts.call;

import org.jspecify.annotations.NullMarked;
