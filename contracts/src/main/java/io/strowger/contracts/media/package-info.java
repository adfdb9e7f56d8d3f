/// What the orchestrator tells a media worker, and the facts that a media worker reports.
@NullMarked
package io.strowger.contracts.media;

import org.jspecify.annotations.NullMarked;
