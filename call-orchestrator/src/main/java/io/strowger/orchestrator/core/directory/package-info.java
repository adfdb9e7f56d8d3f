/// Who is behind a number or user that somebody calls.
@NullMarked
package io.strowger.orchestrator.core.directory;

import org.jspecify.annotations.NullMarked;
