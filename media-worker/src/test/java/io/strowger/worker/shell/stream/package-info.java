@NullMarked
package io.strowger.worker.shell.stream;

import org.jspecify.annotations.NullMarked;
