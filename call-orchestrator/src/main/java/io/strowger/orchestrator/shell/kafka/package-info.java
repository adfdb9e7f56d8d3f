/// The loop that reads, decides, and commits; the registry of media workers.
@NullMarked
package io.strowger.orchestrator.shell.kafka;

import org.jspecify.annotations.NullMarked;
