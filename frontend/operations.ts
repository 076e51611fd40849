/** Entry of the console. */
import "./operations/console";
import "./styles/operations.css";
