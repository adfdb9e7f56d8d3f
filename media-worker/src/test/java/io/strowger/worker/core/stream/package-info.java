@NullMarked
package io.strowger.worker.core.stream;

import org.jspecify.annotations.NullMarked;
