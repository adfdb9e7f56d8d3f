/// The only service that decides. A call is a value; a pure core turns what comes in into facts,
/// and a thin loop makes the facts last.
@NullMarked
package io.strowger.orchestrator;

import org.jspecify.annotations.NullMarked;
