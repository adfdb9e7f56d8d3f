/// G.711: one byte a sample, 8 kHz, in the mu-law of North America and the A-law of the rest.
@NullMarked
package io.strowger.media.g711;

import org.jspecify.annotations.NullMarked;
