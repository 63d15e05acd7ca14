(* The meaning of the terms over Coq's real numbers, and what is proved once about finite sums, cubes and derivatives. *)

From Coq Require Import Reals List Lia Lra Psatz FunctionalExtensionality.
Import ListNotations.
Open Scope R_scope.

(* ---------------------------------------------------------------- finite sorts, sums and products *)

(* A vector of length n is a function that is 0 from n on. *)
Definition vector := nat -> R.
Definition put (v : vector) (m : nat) (s : R) : vector := fun i => if Nat.eqb i m then s else v i.
Definition build (n : nat) (f : nat -> R) : vector := fun i => if Nat.ltb i n then f i else 0.

(* All vectors of length n whose components are a or b. *)
Fixpoint cube (a b : R) (n : nat) : list vector :=
  match n with
  | O => [fun _ => 0]
  | S m => flat_map (fun v => [put v m a; put v m b]) (cube a b m)
  end.
Definition signs := cube 1 (Ropp 1).
Definition bits := cube 0 1.
Definition sign_values := [1; Ropp 1].
Definition bit_values := [0; 1].
Definition indices (n : nat) := seq 0 n.
Definition is_sign (s : R) := s = 1 \/ s = Ropp 1.
Definition is_bit (b : R) := b = 0 \/ b = 1.
(* A bit as an exponent. *)
Definition bit (b : R) : nat := if Req_EM_T b 0 then 0%nat else 1%nat.

Fixpoint sum {A : Type} (l : list A) (f : A -> R) : R :=
  match l with
  | [] => 0
  | a :: rest => f a + sum rest f
  end.
Definition mean {A : Type} (l : list A) (f : A -> R) : R := sum l f / INR (length l).
Fixpoint prod (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 1
  | S m => prod m f * f m
  end.

(* The same for naturals, where a natural is asked for: as an exponent, a size, an argument. *)
Fixpoint nat_sum {A : Type} (l : list A) (f : A -> nat) : nat :=
  match l with
  | [] => 0%nat
  | a :: rest => (f a + nat_sum rest f)%nat
  end.
Fixpoint nat_prod (n : nat) (f : nat -> nat) : nat :=
  match n with
  | O => 1%nat
  | S m => (nat_prod m f * f m)%nat
  end.

(* Iverson's bracket of what is decided. *)
Definition truth {P Q : Prop} (d : {P} + {Q}) : R := if d then 1 else 0.
Definition agree (n : nat) (a b : vector) :
  {forall i, (i < n)%nat -> a i = b i} + {~ forall i, (i < n)%nat -> a i = b i}.
Proof.
  induction n as [|n [yes|no]].
  - left. intros i h. lia.
  - destruct (Req_EM_T (a n) (b n)) as [e|e].
    + left. intros i h. destruct (Nat.eq_dec i n) as [->|d]; [exact e | apply yes; lia].
    + right. intros h. apply e, h. lia.
  - right. intros h. apply no. intros i hi. apply h. lia.
Defined.

(* ---------------------------------------------------------------- the derivative, a total function *)

Definition squeeze (d : R) : R := d / (1 + Rabs d).
Definition slopes (F : R -> R) (w : R) : R -> Prop :=
  fun y => y = -1 \/ exists d, derivable_pt_lim F w d /\ y <= squeeze d.

Lemma squeeze_bounds : forall d, -1 < squeeze d < 1.
Proof.
  intros d. unfold squeeze. assert (h : 0 < 1 + Rabs d) by (pose proof (Rabs_pos d); lra).
  split; apply (Rmult_lt_reg_r (1 + Rabs d)); try exact h; unfold Rdiv;
    rewrite ?Rmult_assoc, ?Rinv_l by lra; unfold Rabs in *; destruct (Rcase_abs d); lra.
Qed.

Lemma slopes_bound : forall F w, bound (slopes F w).
Proof.
  intros F w. exists 1. intros y [->|[d [_ h]]]; [lra | pose proof (squeeze_bounds d); lra].
Qed.

Lemma slopes_inhabited : forall F w, exists y, slopes F w y.
Proof. intros F w. exists (-1). left. reflexivity. Qed.

(* The derivative of F at w wherever there is one (diff_is): the least upper bound recovers it. *)
Definition diff (F : R -> R) (w : R) : R :=
  let m := proj1_sig (completeness (slopes F w) (slopes_bound F w) (slopes_inhabited F w)) in
  m / (1 - Rabs m).

Lemma diff_is : forall F w d, derivable_pt_lim F w d -> diff F w = d.
Proof.
  intros F w d h. unfold diff.
  destruct (completeness (slopes F w) (slopes_bound F w) (slopes_inhabited F w)) as [m [up least]].
  simpl. assert (e : m = squeeze d).
  { apply Rle_antisym.
    - apply least. intros y [->|[d' [h' le]]].
      + pose proof (squeeze_bounds d); lra.
      + rewrite <- (uniqueness_limite F w d' d h' h). exact le.
    - apply up. right. exists d. split; [exact h | lra]. }
  subst m. unfold squeeze. unfold Rabs at 1 3. destruct (Rcase_abs d) as [l|g].
  - unfold Rabs. destruct (Rcase_abs (d / (1 + - d))) as [l'|g'].
    + field. split; [lra|]. intro bad. apply (Rlt_irrefl 0). lra.
    + exfalso. assert (d / (1 + - d) < 0); [|lra]. unfold Rdiv.
      apply (Rmult_lt_reg_r (1 + - d)); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - unfold Rabs. destruct (Rcase_abs (d / (1 + d))) as [l'|g'].
    + exfalso. assert (0 <= d / (1 + d)); [|lra]. unfold Rdiv.
      apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra.
    + field. split; [lra|]. intro bad. lra.
Qed.

(* k times differentiable, the last derivative continuous. *)
Fixpoint smooth (k : nat) (F : R -> R) : Prop :=
  match k with
  | O => continuity F
  | S j => (forall t, derivable_pt_lim F t (diff F t)) /\ smooth j (diff F)
  end.
