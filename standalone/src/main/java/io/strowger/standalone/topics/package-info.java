/// The topics of a cluster beside those that Strowger expects.
@NullMarked
package io.strowger.standalone.topics;

import org.jspecify.annotations.NullMarked;
