/// Collecting keys: prompt, silences, stop keys. Time is an argument.
@NullMarked
package io.strowger.worker.core.recognize;

import org.jspecify.annotations.NullMarked;
