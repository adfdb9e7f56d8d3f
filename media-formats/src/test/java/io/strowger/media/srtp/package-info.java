/// Tests of SRTP.
@NullMarked
package io.strowger.media.srtp;

import org.jspecify.annotations.NullMarked;
