/// The rules of the house, as tests over all modules: who may know whom, and how large things may
/// grow.
@NullMarked
package io.strowger.architecture;

import org.jspecify.annotations.NullMarked;
