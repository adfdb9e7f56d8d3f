/// Tests of the desk where phones register, with its wire and its store in memory.
@NullMarked
package io.strowger.worker.shell.register;

import org.jspecify.annotations.NullMarked;
