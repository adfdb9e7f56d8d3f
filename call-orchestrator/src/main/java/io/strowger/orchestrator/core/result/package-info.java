/// The API's numbers for how things end.
@NullMarked
package io.strowger.orchestrator.core.result;

import org.jspecify.annotations.NullMarked;
