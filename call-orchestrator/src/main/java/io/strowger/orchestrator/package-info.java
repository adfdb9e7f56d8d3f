@NullMarked
package io.strowger.orchestrator;

import org.jspecify.annotations.NullMarked;
