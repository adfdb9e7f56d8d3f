/// Tests of the worker's ends of the log, with a real broker.
@NullMarked
package io.strowger.worker.shell.kafka;

import org.jspecify.annotations.NullMarked;
