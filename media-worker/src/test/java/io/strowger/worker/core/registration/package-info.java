/// Tests of what REGISTERs do, without a socket or a topic.
@NullMarked
package io.strowger.worker.core.registration;

import org.jspecify.annotations.NullMarked;
