/// The desk where phones register: rate limits, digest, and one REGISTER of a user after another.
@NullMarked
package io.strowger.worker.shell.register;

import org.jspecify.annotations.NullMarked;
