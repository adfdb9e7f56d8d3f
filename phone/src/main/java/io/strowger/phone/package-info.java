/// A SIP phone of our own: the far end of the demo and of the acceptance tests, and a thing to try
/// calls with. Its signalling is written for itself and shares nothing with the media worker's, so
/// that the two check each other. One thread signals, one carries all media.
@NullMarked
package io.strowger.phone;

import org.jspecify.annotations.NullMarked;
