/// Access keys as an operator sees and changes them: where they come from, their fingerprints, new
/// ones. Only [io.strowger.standalone.keys.AccessKeys#connectionString] gives a key out.
@NullMarked
package io.strowger.standalone.keys;

import org.jspecify.annotations.NullMarked;
