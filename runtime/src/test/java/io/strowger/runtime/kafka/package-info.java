/// Tests of the clients' settings and of the topics.
@NullMarked
package io.strowger.runtime.kafka;

import org.jspecify.annotations.NullMarked;
