/// SRTP and SRTCP (RFC 3711) with the suites of RFC 4568: keys, protecting what leaves, checking
/// what comes. In place, without allocation; each object is for one thread.
@NullMarked
package io.strowger.media.srtp;

import org.jspecify.annotations.NullMarked;
