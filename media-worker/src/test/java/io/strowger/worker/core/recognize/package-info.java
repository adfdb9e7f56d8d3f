/// Recognitions, with time as an argument.
@NullMarked
package io.strowger.worker.core.recognize;

import org.jspecify.annotations.NullMarked;
